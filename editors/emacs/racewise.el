;;; racewise.el --- Find race conditions in asynchronous code  -*- lexical-binding: t -*-

;; Author: Racewise contributors
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Racewise finds race conditions in asynchronous Python, JavaScript
;; and TypeScript, tells the bad interleaving, and fixes it.  This
;; package starts the program `racewise', in one of three ways.
;;
;; With Eglot, if no other server serves your buffers:
;;
;;   (racewise-eglot-setup)
;;   (add-hook 'python-mode-hook #'eglot-ensure)
;;
;; With lsp-mode, beside the other servers:
;;
;;   (racewise-lsp-setup)
;;   (add-hook 'python-mode-hook #'lsp)
;;
;; As a Flymake backend, with or without another server beside it:
;;
;;   (add-hook 'python-mode-hook #'racewise-flymake-setup)
;;   (add-hook 'eglot-managed-mode-hook #'racewise-flymake-setup)
;;
;; `eglot-code-actions', `lsp-execute-code-action' or, with Flymake
;; alone, `racewise-fix' fixes the race at point.  `racewise-fix-all'
;; applies all safe fixes, `racewise-check-project' lists the races of
;; a whole project.

;;; Code:

(require 'flymake)
(require 'project)
(require 'seq)
(require 'subr-x)

(defvar eglot-server-programs)
(declare-function lsp-activate-on "ext:lsp-mode")
(declare-function lsp-register-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")

(defgroup racewise nil
  "Find race conditions in asynchronous code."
  :group 'tools
  :prefix "racewise-")

(defcustom racewise-program "racewise"
  "The program: a name that is looked up in variable `exec-path', or a file."
  :type 'string
  :risky t)

(defcustom racewise-modes
  '(python-mode python-ts-mode js-mode js-ts-mode js2-mode js-jsx-mode typescript-mode typescript-ts-mode tsx-ts-mode)
  "The major modes whose buffers are checked."
  :type '(repeat symbol))

;;;; Eglot

(defun racewise--contact (&rest _)
  "Return how Eglot is to start the server."
  (list racewise-program "lsp"))

;;;###autoload
(defun racewise-eglot-setup ()
  "Have Eglot start Racewise for the buffers of `racewise-modes'.
Eglot has one server a buffer: this one comes instead of another."
  (require 'eglot)
  (add-to-list 'eglot-server-programs (cons racewise-modes #'racewise--contact)))

;;;; lsp-mode

;;;###autoload
(defun racewise-lsp-setup ()
  "Have lsp-mode start Racewise beside the other servers of a buffer."
  (require 'lsp-mode)
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection #'racewise--contact)
    :activation-fn (lsp-activate-on "python" "javascript" "javascriptreact" "typescript" "typescriptreact")
    :add-on? t
    :server-id 'racewise)))

;;;; Flymake

(defvar-local racewise--process nil
  "The check that runs for this buffer, or ran last.")

(defun racewise--type (severity)
  "The Flymake type of a SEVERITY."
  (pcase severity
    ("error" :error)
    ("warning" :warning)
    (_ :note)))

(defun racewise--position (place)
  "The buffer position of PLACE, which has a line and a column, both from 1."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- (plist-get place :line)))
    (min (+ (point) (1- (plist-get place :column))) (line-end-position))))

(defun racewise--diagnostic (finding tick)
  "The Flymake diagnostic of a FINDING in the current buffer as it was at TICK."
  (let ((range (plist-get finding :range)))
    (flymake-make-diagnostic
     (current-buffer)
     (racewise--position (plist-get range :start))
     (racewise--position (plist-get range :end))
     (racewise--type (plist-get finding :severity))
     (format "%s [%s]" (plist-get finding :message) (plist-get finding :rule))
     (list :racewise finding :tick tick))))

(defun racewise--findings (output)
  "Read the findings, which are in the buffer OUTPUT as JSON."
  (with-current-buffer output
    (goto-char (point-min))
    (plist-get (json-parse-buffer :object-type 'plist :array-type 'list :null-object nil :false-object nil) :findings)))

(defun racewise--report (process tick report-fn)
  "Report what PROCESS found in the current buffer as it was at TICK.
REPORT-FN is Flymake's."
  (if (zerop (process-exit-status process))
      (save-restriction
        (widen)
        (funcall report-fn (mapcar (lambda (finding) (racewise--diagnostic finding tick))
                                   (racewise--findings (process-buffer process)))))
    (funcall report-fn :panic :explanation
             (format "%s: %s" racewise-program
                     (string-trim (with-current-buffer (process-buffer process) (buffer-string)))))))

(defun racewise--sentinel (source tick report-fn)
  "Make what is called when a check of SOURCE as it was at TICK ends.
SOURCE is a buffer, REPORT-FN is Flymake's.  A check that a newer one
overtook, or that is of a text that has changed, says nothing."
  (lambda (process _event)
    (unless (process-live-p process)
      (unwind-protect
          (when (and (buffer-live-p source) (eq process (buffer-local-value 'racewise--process source)))
            (with-current-buffer source
              (when (= tick (buffer-chars-modified-tick))
                (racewise--report process tick report-fn))))
        (kill-buffer (process-buffer process))))))

(defun racewise--check-command ()
  "Return the command line of a check whose input is the current buffer."
  (list racewise-program "check" "--output-format" "json" "--exit-zero" "--quiet"
        "--stdin-filename" (file-local-name (expand-file-name buffer-file-name)) "-"))

(defun racewise-flymake (report-fn &rest _)
  "Check the current buffer and tell Flymake through its REPORT-FN."
  (unless (executable-find racewise-program)
    (error "Cannot find %s: see the option `racewise-program'" racewise-program))
  (let ((overtaken racewise--process))
    (setq racewise--process nil)
    (when (process-live-p overtaken)
      (delete-process overtaken)))
  (setq racewise--process
        (make-process
         :name "racewise"
         :buffer (generate-new-buffer " *racewise*")
         :command (racewise--check-command)
         :coding 'utf-8-unix
         :connection-type 'pipe
         :noquery t
         :sentinel (racewise--sentinel (current-buffer) (buffer-chars-modified-tick) report-fn)))
  (save-restriction
    (widen)
    (process-send-region racewise--process (point-min) (point-max)))
  (process-send-eof racewise--process))

;;;###autoload
(defun racewise-flymake-setup ()
  "Have Flymake check the current buffer if it visits a file in `racewise-modes'.
For the hooks of those modes, and for `eglot-managed-mode-hook':
Eglot may take other backends away when it starts."
  (when (and buffer-file-name (apply #'derived-mode-p racewise-modes))
    (add-hook 'flymake-diagnostic-functions #'racewise-flymake nil t)
    (flymake-mode 1)))

;;;; Fixes of what Flymake shows

(defun racewise--fixes-at (position)
  "The fixes that can be applied to what was found at POSITION."
  (seq-mapcat
   (lambda (diagnostic)
     (when-let* ((data (flymake-diagnostic-data diagnostic))
                 (finding (and (listp data) (plist-get data :racewise))))
       (unless (= (plist-get data :tick) (buffer-chars-modified-tick))
         (user-error "The buffer has changed since it was checked; try again in a moment"))
       (seq-remove (lambda (fix) (plist-get fix :disabled)) (plist-get finding :fixes))))
   (flymake-diagnostics position)))

(defun racewise--choose (fixes)
  "Let the user choose among FIXES."
  (let ((titles (mapcar (lambda (fix) (plist-get fix :title)) fixes)))
    (seq-elt fixes (seq-position titles (completing-read "Fix: " titles nil t nil nil (car titles))))))

(defun racewise--markers (edit)
  "Return the EDIT as (START END TEXT).
START and END are markers, which stay right while other edits are made."
  (let ((range (plist-get edit :range)))
    (list (copy-marker (racewise--position (plist-get range :start)) t)
          (copy-marker (racewise--position (plist-get range :end)) t)
          (plist-get edit :text))))

(defun racewise--apply (fix)
  "Apply the edits of FIX to the current buffer, as one change."
  (save-excursion
    (save-restriction
      (widen)
      (atomic-change-group
        (pcase-dolist (`(,start ,end ,text) (mapcar #'racewise--markers (plist-get fix :edits)))
          (goto-char start)
          (delete-region start end)
          (insert text)
          (set-marker start nil)
          (set-marker end nil))))))

;;;###autoload
(defun racewise-fix ()
  "Fix the race at point, as found by Flymake.
Ask which fix to take if there are several."
  (interactive)
  (let ((fixes (racewise--fixes-at (point))))
    (unless fixes
      (user-error "Racewise has no fix here"))
    (racewise--apply (if (cdr fixes) (racewise--choose fixes) (car fixes)))))

(defun racewise--check-now ()
  "The findings in the current buffer as it is now."
  (let ((source (current-buffer))
        (command (racewise--check-command))
        (coding-system-for-read 'utf-8-unix)
        (coding-system-for-write 'utf-8-unix))
    (with-temp-buffer
      (let* ((output (current-buffer))
             (status (with-current-buffer source
                       (save-restriction
                         (widen)
                         (apply #'call-process-region nil nil (car command) nil (list output nil) nil (cdr command))))))
        (unless (eql status 0)
          (error "%s: it ended with %s" racewise-program status))
        (racewise--findings output)))))

(defun racewise--safe-fix (findings)
  "The first fix in FINDINGS that cannot change what the program means."
  (seq-find (lambda (fix) (and (plist-get fix :safe) (not (plist-get fix :disabled))))
            (seq-mapcat (lambda (finding) (plist-get finding :fixes)) findings)))

;;;###autoload
(defun racewise-fix-all ()
  "Apply all safe fixes to the current buffer, and tell how many there were.
Each fix is applied to what the one before left."
  (interactive)
  (let* ((count 0)
         (findings (racewise--check-now))
         (most (length findings))
         fix)
    (while (and (< count most) (setq fix (racewise--safe-fix findings)))
      (racewise--apply fix)
      (setq count (1+ count)
            findings (racewise--check-now)))
    (message "Racewise: %d fixed" count)))

;;;; Audits and prompts

(defun racewise--tell (&rest arguments)
  "Run the program with ARGUMENTS on the current buffer; return what it writes."
  (let ((source (current-buffer))
        (name (file-local-name (expand-file-name (or buffer-file-name (user-error "This buffer visits no file")))))
        (coding-system-for-read 'utf-8-unix)
        (coding-system-for-write 'utf-8-unix))
    (with-temp-buffer
      (let* ((output (current-buffer))
             (command (append arguments (list "--stdin-filename" name)))
             (status (with-current-buffer source
                       (save-restriction
                         (widen)
                         (apply #'call-process-region nil nil racewise-program nil (list output t) nil command)))))
        (unless (eql status 0)
          (user-error "%s" (string-trim (buffer-string))))
        (buffer-string)))))

;;;###autoload
(defun racewise-audit ()
  "Show what tasks share in the current buffer, and where they give way."
  (interactive)
  (let ((text (racewise--tell "audit" "-" "--output-format" "markdown")))
    (with-current-buffer (get-buffer-create "*racewise audit*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert text)
        (goto-char (point-min))
        (if (fboundp 'markdown-mode) (markdown-mode) (text-mode))
        (view-mode 1))
      (display-buffer (current-buffer)))))

;;;###autoload
(defun racewise-prompt (kind)
  "Put a prompt of KIND for an assistant into the kill ring.
KIND is \"write\", \"audit\", \"fix\" (what is found on this line) or \"test\"."
  (interactive (list (completing-read "Prompt: " '("audit" "fix" "test" "write") nil t nil nil "audit")))
  (let ((place (if (equal kind "fix") (format "%s:%d" (buffer-name) (line-number-at-pos nil t)) "-")))
    (kill-new (racewise--tell "prompt" kind place)))
  (message "Racewise: the prompt is in the kill ring"))

;;;; Whole projects

;;;###autoload
(defun racewise-check-project (folder)
  "List the races in FOLDER: interactively, the current project's.
The list is a compilation buffer: `next-error' goes to the next."
  (interactive (list (or (racewise--project-root) default-directory)))
  (let ((default-directory folder))
    (compile (mapconcat #'shell-quote-argument
                        (list racewise-program "check" "--output-format" "concise" "--color" "never") " "))))

(defun racewise--project-root ()
  "The top folder of the current project; nil when there is none."
  (when-let* ((project (project-current)))
    (project-root project)))

(provide 'racewise)
;;; racewise.el ends here
