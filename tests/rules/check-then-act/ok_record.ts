import { Column, Entity, Model, Table } from './orm';

// Each request loads records of its own.
@Entity()
export class Article {
  @Column()
  publishedAt: Date | null = null;

  async publish(save: (article: Article) => Promise<void>): Promise<void> {
    if (this.publishedAt) return;
    await save(this);
    this.publishedAt = new Date();
  }
}

@Table({ tableName: 'tokens' })
export class Token extends Model {
  refreshToken: string | null = null;

  async rotate(client: { rotate(token: string): Promise<string> }): Promise<void> {
    if (!this.refreshToken) return;
    this.refreshToken = await client.rotate(this.refreshToken);
  }
}
