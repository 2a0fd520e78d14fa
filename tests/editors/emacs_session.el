;;; emacs_session.el --- A user's session in a batch Emacs  -*- lexical-binding: t -*-

;;; Commentary:

;; Types a program into an empty buffer, looks at the diagnostics, takes a quick fix, and saves.  Tells what was seen;
;; what should be seen is the caller's business.
;;
;; The JSON file that the environment's SESSION names has {file, text, fix, way, report}: the file to write, the text to
;; type, the title of the fix to choose, whether "eglot" or "flymake" checks, and where to write the JSON report
;; {typed, found, hover, ignored, titles, left}.  `found', `ignored' and `left' are the diagnostics before the fix, with the
;; rule ignored by a setting, and after the fix: lines and columns count from zero, columns in characters.  `hover' is what
;; the echo area says of the race.  Flymake alone has neither hover nor settings.
;;
;; A batch Emacs has no idle timers: what they would do is done by hand after each key.

;;; Code:

(require 'cl-lib)
(require 'racewise)
(require 'eglot)

(setq create-lockfiles nil
      make-backup-files nil
      eglot-confirm-server-initiated-edits nil)

(defconst session-deadline 120 "Seconds; only a server that never answers takes that long.")

(defun session-wait (what condition)
  "Wait for WHAT, which is there when CONDITION returns non-nil."
  (with-timeout (session-deadline (error "Waited in vain for %s" what))
    (while (not (funcall condition))
      (accept-process-output nil 0.01))))

(defun session-place (position)
  "The line and column of POSITION."
  (cons (1- (line-number-at-pos position)) (save-excursion (goto-char position) (- position (line-beginning-position)))))

(defun session-describe (diagnostic)
  "What the report says of a DIAGNOSTIC."
  (let ((start (session-place (flymake-diagnostic-beg diagnostic)))
        (end (session-place (flymake-diagnostic-end diagnostic)))
        (data (flymake-diagnostic-data diagnostic)))
    (list :code (or (plist-get (plist-get data :racewise) :rule) (plist-get (alist-get 'eglot-lsp-diag data) :code))
          :line (car start) :column (cdr start) :end_line (car end) :end_column (cdr end)
          :message (flymake-diagnostic-text diagnostic))))

;; The two ways to check: how to start, what follows a key, how to wait for the current text's diagnostics, and how a fix
;; is taken.
(cl-defgeneric session-start (way))
(cl-defgeneric session-key-was-typed (way))
(cl-defgeneric session-settle (way))
(cl-defgeneric session-fix (way))

;; What only a server does.
(cl-defgeneric session-hover (_way)
  "What is said of the race at point."
  "")
(cl-defgeneric session-ignored (_way _rule)
  "The diagnostics while the rule is ignored."
  [])

(defvar session-published nil "The version that the server published diagnostics for last.")

(defun session-note-version (_server _method &rest params)
  "Note the version in PARAMS of published diagnostics."
  (when (plist-get params :diagnostics)
    (setq session-published (plist-get params :version))))

(cl-defmethod session-start ((_ (eql eglot)))
  (advice-add 'eglot-handle-notification :after #'session-note-version)
  (racewise-eglot-setup)
  (setq eglot-sync-connect t)
  (apply #'eglot (eglot--guess-contact))
  (session-wait "Eglot" #'eglot-managed-p)
  (flymake-start))

(cl-defmethod session-key-was-typed ((_ (eql eglot)))
  (eglot--signal-textDocument/didChange)
  (accept-process-output nil 0))

(cl-defmethod session-settle ((_ (eql eglot)))
  (eglot--signal-textDocument/didChange)
  (session-wait "diagnostics" (lambda () (eql session-published eglot--versioned-identifier))))

(cl-defmethod session-fix ((_ (eql eglot)))
  (setq last-nonmenu-event ?\r) ; a menu is for the mouse
  (call-interactively #'eglot-code-actions))

(cl-defmethod session-hover ((_ (eql eglot)))
  (let (said)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq said (or text "nothing"))))
    (session-wait "the hover" (lambda () said))
    (substring-no-properties said)))

(defun session-set (settings)
  "Have the server go by SETTINGS, a plist."
  (setq-default eglot-workspace-configuration
                (if (< emacs-major-version 29) (list (cons :racewise settings)) (list :racewise settings)))
  (eglot-signal-didChangeConfiguration (eglot-current-server)))

(defun session-wait-for-diagnostics (what wanted)
  "Wait for WHAT: until there are diagnostics or, if WANTED is nil, none."
  (session-wait what (lambda () (flymake-start) (eq wanted (not (null (flymake-diagnostics)))))))

(cl-defmethod session-ignored ((_ (eql eglot)) rule)
  (session-set `(:ignore [,rule]))
  (session-wait-for-diagnostics "the rule to be ignored" nil)
  (session-set nil)
  (session-wait-for-diagnostics "the diagnostics to come back" t)
  [])

(cl-defmethod session-start ((_ (eql flymake)))
  (racewise-flymake-setup))

(cl-defmethod session-key-was-typed ((_ (eql flymake)))
  (when (bolp)
    (flymake-start)))

(cl-defmethod session-settle ((_ (eql flymake)))
  (flymake-start)
  (session-wait "the check" (lambda () (memq #'racewise-flymake (flymake-reporting-backends)))))

(cl-defmethod session-fix ((_ (eql flymake)))
  (call-interactively #'racewise-fix))

(defun session-diagnostics (way)
  "The diagnostics of the text as it is now, found by WAY."
  (session-settle way)
  (apply #'vector (mapcar #'session-describe (flymake-diagnostics))))

(defun session-go (found)
  "Go to what was FOUND."
  (goto-char (point-min))
  (forward-line (plist-get found :line))
  (forward-char (plist-get found :column)))

(defun session-take-fix (way title)
  "Take the fix with TITLE of the race at point, in that WAY; return the titles that the menu had."
  (let (titles)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt table &rest _)
                 (setq titles (all-completions "" table))
                 title)))
      (session-fix way))
    (apply #'vector titles)))

(defun session-run (session)
  "Play SESSION, the plist that was read; return the report."
  (let* ((way (intern (plist-get session :way)))
         (report nil))
    (switch-to-buffer (find-file-noselect (plist-get session :file)))
    (session-start way)
    (seq-doseq (character (plist-get session :text))
      (insert character)
      (session-key-was-typed way))
    (let ((found (session-diagnostics way)))
      (setq report (list :typed (buffer-string) :found found))
      (unless (seq-empty-p found)
        (session-go (aref found 0))
        (setq report (append report (list :hover (session-hover way)
                                          :ignored (session-ignored way (plist-get (aref found 0) :code))
                                          :titles (session-take-fix way (plist-get session :fix)))))))
    (setq report (plist-put report :left (session-diagnostics way)))
    (save-buffer)
    report))

(defun session-read (file)
  "Read the JSON of FILE."
  (with-temp-buffer
    (insert-file-contents file)
    (json-parse-buffer :object-type 'plist)))

(let* ((coding-system-for-read 'utf-8)
       (coding-system-for-write 'utf-8)
       (session (session-read (getenv "SESSION"))))
  (let ((report (session-run session)))
    (with-temp-file (plist-get session :report)
      (insert (json-serialize report)))))

(kill-emacs 0)
;;; emacs_session.el ends here
